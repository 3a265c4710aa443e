"""From a checked build to what readers see, and back: releases, and the targets that hold them."""
