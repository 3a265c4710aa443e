"""A person's wish to be forgotten: values go, skeletons stay; pages, caught mail and older archives follow."""
