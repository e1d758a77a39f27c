"""The page: one module a tab, pure rendering of records, and what runs behind it."""
