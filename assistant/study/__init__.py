"""Study packs: from documents, a session made ready. See docs/study.md."""
