package shell_test

import (
	"strings"
	"testing"
)

// Whatever a shell does many times, it ends with the descriptors that it began
// with.
func TestNoDescriptorStays(t *testing.T) {
	for _, turn := range []string{
		`/bin/true; x=$(/bin/echo hi); /bin/echo a | cat >/dev/null`,
		`x=$(echo hi); ( : ); echo a | { read y; }; : <<E
text
E`,
		`{ :; } & wait`,
		`/bin/true & wait $!`,
		`nosuch; nosuch | cat; cat < /nonexistent; true > /nonexistent/x; { :; } 3<&9`,
		`exec 5</dev/null; exec 5<&-; { echo x >&3; } 3>/dev/null`,
		`cat <(echo a) >/dev/null; read z < <(echo b)`,
		`eval 'echo ${x?unset}' | cat; (exit 3); (exec /bin/true); (exec nosuch)`,
		`trap 'x=$(echo y)' USR1; kill -USR1 $$`,
		`isolate true; isolate --uts { :; }; x=$(isolate echo hi); isolate /bin/true | cat`,
		`isolate nosuch; isolate --bad; chroot-image /nonexistent true; explain isolate { :; }`,
		`chroot-image scratch { :; }; chroot-image scratch nosuch; isolate { exit 3; } & wait`,
	} {
		for _, u := range users() {
			t.Run(u.name+": "+turn, func(t *testing.T) {
				t.Parallel()
				script := `count() { set -- /proc/$$/fd/*; n=$#; }
turn() { ` + turn + "\n" + `}
turn >/dev/null 2>&1 </dev/null; count; before=$n
i=0; while [ $i -lt 12 ]; do turn >/dev/null 2>&1 </dev/null; i=$((i+1)); done
count; [ $n -le $((before + 3)) ] && echo steady || { echo "$before, then $n"; ls -l /proc/$$/fd; }`
				if out, status := session(t, u, script); status != 0 || strings.TrimSpace(out) != "steady" {
					t.Errorf("status %d, descriptors %s", status, out)
				}
			})
		}
	}
}
