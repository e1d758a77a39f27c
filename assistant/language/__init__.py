"""What turns a question as typed into Vietnamese that the index understands. Pure.

- ``keystrokes``: raw Telex or VNI keys, typed with the input method off
- ``abbreviations``: official abbreviations, chat shorthand, abbreviations a document defines
- ``english``: English questions, through a glossary of administrative terms
- ``syllable``: what a Vietnamese syllable can be

Nothing is read from disk on import; tables are parsed at first use and kept.
"""
