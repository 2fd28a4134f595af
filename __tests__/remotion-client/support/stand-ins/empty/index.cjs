// Stands in for packages that Remotion Lambda lists but never loads: the Studio's user interface.
