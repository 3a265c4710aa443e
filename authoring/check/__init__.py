"""What is looked at before anything is published: pure checks over a staged build, each finding with its remedy."""
