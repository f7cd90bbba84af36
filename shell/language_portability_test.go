package shell_test

// portabilityCases are what scripts written for other shells lean on.
var portabilityCases = []languageCase{
	{about: "a substitution that is none counts once it is expanded", in: `if false; then echo ${(%):-%x}; fi; echo on`, out: "on\n"},
	{about: "a nested one of another shell in a function not called", in: `f() { dir=${${(%):-%N}:A:h}; }; echo on`, out: "on\n"},
	{about: "one in double quotes behind a list that ends", in: `true || echo "a${x y}b"; echo on`, out: "on\n"},
	{about: "an empty one", in: `case a in b) echo ${};; a) echo on; esac`, out: "on\n"},
	{about: "expanded, it ends the script", in: "echo ${x*}\necho no", status: 2},
	{about: "in a subshell, the subshell", in: `(echo ${x*}; echo no) 2>/dev/null || echo $?`, out: "2\n"},
	{about: "$# and the beginning taken off it (XCU 2.6.2)", in: `set -- 1 2 3 4 5 6 7 8 9 10 11; echo ${##1} ${#%1} ${##} ${#-x} ${#?x}`, out: "1 1 2 11 11\n"},
	{about: "the length of $? and $-", in: `(exit 111); echo ${#?}; set -f; echo ${#-} | grep -c '[1-9]'`, out: "3\n1\n"},
	{about: "a quoted $@ for a default makes a field (XCU 2.5.2)", in: `n() { echo $#; }; n "${x-$@}"; n ${x-"$@"}; n "${x:-$@}"`, out: "1\n0\n1\n"},
	{about: "a dot script begins with $? as it was (XCU dot)", in: `echo 'echo $?' >s; (exit 3); . ./s; echo '# empty' >s; (exit 3); . ./s; echo $?`, out: "3\n0\n"},
	{about: "return in a trap without an operand (XCU return)", in: `f() { kill -USR1 $$; echo no; }; trap '(exit 9); return' USR1; f; echo $?`, out: "0\n"},
	{about: "return in a function of a trap is of the function", in: `g() { (exit 9); return; }; trap 'g; echo $?' USR1; (exit 3); kill -USR1 $$`, out: "9\n"},
	{about: "a trace goes where descriptor 2 led before the command", in: `PS4=; { x=$(set -x; true a 2>&1); } 2>t; echo "[$x]"; cat t`, out: "[]\ntrue a\n"},
	{about: "/proc/self/fd names the script's descriptors", in: `echo a | { cat >/proc/self/fd/1; } | cat; x=$(echo b >/proc/self/fd/1); echo $x`, out: "a\nb\n"},
	{about: "the apostrophe of a default between double quotes (XCU 2.6.2)", in: `echo "${x:-can't}" "${x-isn't} so"; echo "it's ${x+don't}"`, out: "can't isn't so\nit's \n"},
	{about: "and in a here-document", in: "cat <<E\n${x:-can't}\nE\necho 'on'", out: "can't\non\n"},
	{about: "a character for a number, and what follows it (XCU printf)", in: `printf '%d\n' "'string"; echo $?`, out: "115\n0\n"},
	{about: "quotes have no escape in %b", in: `printf '%b\n' '\"a\"'`, out: "\\\"a\\\"\n"},

	{about: "line continuations in the head of an expansion (XCU 2.2.1)", in: "ab=5; set -- 1 22; echo $\\\n{ab} ${\\\na\\\nb} $\\\n{\\\n#\\\n2\\\n} \"$\\\n{ab}\"", out: "5 5 2 5\n"},
	{about: "in an arithmetic expansion", in: "echo $\\\n(\\\n(\\\n40+2\\\n)\\\n)", out: "42\n"},
	{about: "in <<-", in: "cat <<\\\n- E\n\ta\n\tE\necho on", out: "a\non\n"},
	{about: "in the line that ends a here-document (XCU 2.7.4)", in: "cat <<EOF\na\nEO\\\nF\necho on", out: "a\non\n", bash: true},
	{about: "only quotes go from a here-document's word", in: "cat <<\\\\E\n$x\n\\E\ncat <<\"E$a\"\n$x\nE$a\ncat <<\"E\\$a\"\n$x\nE$a\ncat <<\"\\E\"\n$x\n\\E", out: "$x\n$x\n$x\n$x\n"},
	{about: "a pattern that begins with a slash", in: `v=/dev/ram; echo ${v////-} ${v///r/-} ${v///r}`, out: "-dev-ram /dev-am /devam\n", bash: true},
	{about: "nothing is replaced in what is unset", in: `unset v; echo "[${v/*/w}]"; v=; echo "[${v/*/w}]"`, out: "[]\n[w]\n", bash: true},
	{about: "${x:=word} has the attributes of x", in: `declare -i i; declare -u u; echo ${i:=4+3} ${u:=foo}`, out: "7 FOO\n", bash: true},
}
