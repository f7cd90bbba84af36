// Package launch runs a Plan.
//
// The Before steps run in the shell. The Child steps are encoded into a flat
// array of system calls (see op) in memory outside the Go heap, and a clone3
// child that shares the shell's memory but not its thread runs that array in
// assembly: it calls no Go code, uses no stack and can take no signal handler
// (CLONE_CLEAR_SIGHAND), so neither the garbage collector nor the calling
// thread has to wait for it, as they would with vfork. The After steps run in
// the shell beside it; the Undo steps when the process has ended.
//
// Nothing waits for execve: a step that failed is found in the shared memory
// when the process has been waited for.
//
// What shared memory rules out as a Child step, because it would change the
// shell as well: writing oom_score_adj, and prctl with PR_SET_DUMPABLE,
// PR_SET_MM or PR_SET_THP_DISABLE. A change of ids has such an effect too, and
// is taken care of (see dumpable).
//
// The same steps can be run by Go code: in this process (Exec), or in a
// re-execution of this binary (StageMain) where there is no assembly for the
// processor, no clone3, or where steps must follow the execve of the shell
// itself.
package launch
