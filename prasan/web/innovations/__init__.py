"""Pages of innovations: the gallery, the registers, and writing one."""
