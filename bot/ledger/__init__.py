"""The ledger: every SQL statement lives in this room."""
