package launch

// haveSpawn says whether this processor has the assembly.
const haveSpawn = true

// spawn makes a process with clone3 and args; in the child it runs the ops at
// program and reports to fail. It returns the process id or -errno. args,
// program and fail lie in one slab.
//
//go:noescape
func spawn(args *cloneArgs, program, fail uintptr) (pid uintptr)
