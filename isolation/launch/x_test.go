package launch
import ("unsafe";"testing";"time";"cosh/isolation";"cosh/isolation/resolve";"os";"sort";"golang.org/x/sys/unix")
func med(v []time.Duration) (time.Duration,time.Duration) { sort.Slice(v,func(i,j int)bool{return v[i]<v[j]}); return v[len(v)/2], v[len(v)/10]}
func init(){ if os.Getenv("XM")!="" { TestX(nil); os.Exit(0)} }
func TestX(t *testing.T){
 spec:=&isolation.Spec{
		Argv: []string{"/tmp/bun/rootfs/true"}, Paths: []string{"/tmp/bun/rootfs/true"}, Env: os.Environ(), Files: []int{0, 1, 2}, Umask: 0o22,
		Default: 1<<(unix.SIGTTOU-1) | 1<<(unix.SIGTTIN-1) | 1<<(unix.SIGTSTP-1),
		Group:   isolation.Group{Mode: isolation.GroupNew}}
 if os.Getenv("XD")!="" { var sa [4]uint64; _,_,e:=unix.RawSyscall6(unix.SYS_RT_SIGACTION,17,uintptr(unsafe.Pointer(&sa)),0,8,0,0); println("dfl",e)}
 var a,b,c,d,tot []time.Duration
 for range 3000 {
  t0:=time.Now()
  p,_:=resolve.Plan(spec,nil)
  t1:=time.Now()
  pr:=newProcess(p)
  prog,_:=pr.encode(0)
  t2:=time.Now()
  h:=pr.slab.header(); h.clone=pr.cloneArgs(h)
  r:=spawn(&h.clone,prog,pr.slab.addr(8))
  t3:=time.Now()
  pr.Pid=int(r); process.slabs.unpin(pr.slab)
  pr.Wait(0)
  t4:=time.Now()
  a=append(a,t1.Sub(t0)); b=append(b,t2.Sub(t1)); c=append(c,t3.Sub(t2)); d=append(d,t4.Sub(t3)); tot=append(tot,t4.Sub(t0))
 }
 for _,v:=range [][]time.Duration{a,b,c,d,tot} { {x,y:=med(v); println(x.String(),y.String())} }
}
