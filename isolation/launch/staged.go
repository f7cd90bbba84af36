package launch

import (
	"os"
	"runtime"
	"strconv"
	"syscall"

	"cosh/isolation"

	"golang.org/x/sys/unix"
)

// createStaged makes the process without assembly: it executes this binary
// again, which runs the Child steps in Go.
func (pr *Process) createStaged() error {
	p := pr.plan
	steps := p.Child
	if pr.lateReport >= 0 {
		steps = withStage(steps, pr.lateReport)
	}
	keep, files := inherited()
	report, err := pr.openReport(keep, steps)
	if err != nil {
		return err
	}
	pr.childReport = report
	pidfd := -1
	attr := &syscall.ProcAttr{
		Env:   append(os.Environ(), stageEnv+"="+strconv.Itoa(report)),
		Files: withFile(files, report),
		Sys:   &syscall.SysProcAttr{Cloneflags: uintptr(p.Flags)},
	}
	if p.Flags.Has(isolation.User) {
		attr.Sys.AmbientCaps = everyCapability()
	}
	if p.Pidfd != 0 {
		attr.Sys.PidFD = &pidfd
	}
	if p.Cgroup != 0 {
		attr.Sys.UseCgroupFD, attr.Sys.CgroupFD = true, int(pr.regs[p.Cgroup])
	}
	if err := pr.forkExec(attr); err != nil {
		errno, _ := err.(syscall.Errno)
		return stepError(PhaseClone, []isolation.Step{p.Clone}, 0, errno, false)
	}
	if p.Pidfd != 0 {
		pr.setReg(p.Pidfd, uintptr(pidfd))
	}
	return nil
}

// everyCapability lists those that the child has in its new user namespace.
// While its id is not mapped it would lose them in the execve of the stage, and
// could not write the map (user_namespaces(7)); the stage gives back the
// ambient ones before it executes anything else.
func everyCapability() []uintptr {
	var all []uintptr
	for c := uintptr(0); c <= unix.CAP_LAST_CAP; c++ {
		if _, _, errno := unix.RawSyscall(unix.SYS_PRCTL, unix.PR_CAPBSET_READ, c, 0); errno != 0 {
			break // a kernel that does not know it
		}
		all = append(all, c)
	}
	return all
}

// dropAmbient empties the ambient and the inheritable set of this thread.
func dropAmbient() {
	_ = unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&header, &data[0]); err == nil {
		data[0].Inheritable, data[1].Inheritable = 0, 0
		_ = unix.Capset(&header, &data[0])
	}
}

// forkExec starts the stage, from the cloner's thread when it must die with us.
func (pr *Process) forkExec(attr *syscall.ProcAttr) (err error) {
	fork := func() uintptr {
		pr.Pid, err = syscall.ForkExec("/proc/self/exe", []string{"cosh-stage"}, attr)
		return 0
	}
	if !pr.plan.Die {
		fork()
		return err
	}
	attr.Sys.Pdeathsig = syscall.SIGKILL
	direct, _, startErr := process.cloner.lasting()
	if direct {
		defer runtime.UnlockOSThread()
	}
	switch {
	case startErr != nil:
		return startErr
	case direct:
		fork()
	default:
		process.cloner.run(cloneRequest{do: fork})
	}
	return err
}

// withStage is steps with each execve handing over the report.
func withStage(steps []isolation.Step, report int) []isolation.Step {
	out := append([]isolation.Step(nil), steps...)
	for i := range out {
		calls := make([]isolation.Call, 0, len(out[i].Calls)+1)
		for j := range out[i].Calls {
			c := &out[i].Calls[j]
			if c.Final {
				staged := stagedCalls(c, report)
				calls = append(calls, staged[:]...)
			} else {
				calls = append(calls, *c)
			}
		}
		out[i].Calls = calls
	}
	return out
}

// inherited lists our descriptors for ForkExec, each as itself, and those that
// are not close-on-exec. The steps name our descriptors by number, so the stage
// needs all of them.
func inherited() (keep []int, files []uintptr) {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return []int{0, 1, 2}, []uintptr{0, 1, 2}
	}
	for _, entry := range entries {
		fd, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
		if err != nil {
			continue // the one that read the folder
		}
		if flags&unix.FD_CLOEXEC == 0 {
			keep = append(keep, fd)
		}
		files = withFile(files, fd)
	}
	return keep, files
}

// withFile is files with fd at its own place, and holes before it.
func withFile(files []uintptr, fd int) []uintptr {
	for len(files) <= fd {
		files = append(files, ^uintptr(0))
	}
	files[fd] = uintptr(fd)
	return files
}
