"""How it comes in. Station 2: routes → guard → record, one transaction."""
