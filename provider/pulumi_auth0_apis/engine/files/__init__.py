"""Reading YAML files, and writing files so that a crash leaves the old or the new one."""
