"""Where the static half and the service meet: a leaf that imports nothing of ours."""
