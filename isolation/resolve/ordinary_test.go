package resolve

import (
	"testing"

	"cosh/isolation"
)

func BenchmarkOrdinary(b *testing.B) {
	spec := &isolation.Spec{Argv: []string{"true"}, Paths: []string{"/bin/true"}, Env: []string{"A=b"}, Files: []int{0, 1, 2}, Umask: 0o22}
	b.Run("script", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			ordinary(spec)
		}
	})
	job := *spec
	job.Group = isolation.Group{Mode: isolation.GroupNew, Foreground: true}
	job.Default = 1<<19 | 1<<20 | 1<<21
	job.Files = []int{7, 1, 1}
	b.Run("job", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			ordinary(&job)
		}
	})
}

func BenchmarkBounded(b *testing.B) {
	host := &isolation.Host{Capable: true, Namespaces: ^isolation.Namespaces(0), TempDir: "/run/cosh", StaticSelf: true, SelfPath: "/bin/cosh"}
	spec := &isolation.Spec{Argv: []string{"true"}, Paths: []string{"/bin/true"}, Files: []int{0, 1, 2}, Hostname: "box",
		Namespaces: isolation.PID | isolation.Mount | isolation.Net | isolation.UTS | isolation.IPC | isolation.Cgroup | isolation.Time}
	rooted := *spec
	rooted.Root = &isolation.Root{Kind: isolation.RootHost}
	for name, s := range map[string]*isolation.Spec{"namespaces": spec, "root": &rooted} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Plan(s, host); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
