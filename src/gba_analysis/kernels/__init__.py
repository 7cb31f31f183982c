"""Kernels that start warm: forked from a process that has done the imports, and used once.

Known to Jupyter as the kernel provisioner `gba-fork`. A fork is a saving of time and nothing else: a forked
kernel has the environment, folder, arguments and outputs of an ordinary one."""
