"""Records to HTML. Pure. Everything that a person or a document wrote is escaped here.

Strings of the page are written in both languages at once; the style sheet shows the one chosen,
so that the switch is instant and costs no round trip. Buttons carry ``data-action``: ``page.js``
listens for those.
"""
