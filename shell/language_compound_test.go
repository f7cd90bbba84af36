package shell_test

// compoundCases: XCU 2.9.4: compound commands, break and continue.
var compoundCases = []languageCase{
	{about: "if elif else",
		in:  `for i in 1 2 3; do if [ $i = 1 ]; then echo one; elif [ $i = 2 ]; then echo two; else echo other; fi; done`,
		out: "one\ntwo\nother\n"},
	{about: "the status of if without a branch taken is 0",
		in:  `if false; then :; fi; echo $?; false; if false; then :; elif false; then :; fi; echo $?`,
		out: "0\n0\n"},
	{about: "the status of if is that of the branch",
		in:  `if true; then (exit 3); fi; echo $?; if false; then :; else (exit 4); fi; echo $?`,
		out: "3\n4\n"},
	{about: "a list as a condition: the last counts",
		in:  `if false; true; then echo yes; fi; if true; false; then :; else echo no; fi`,
		out: "yes\nno\n"},
	{about: "while and until",
		in:  `i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done; until [ $i = 0 ]; do i=$((i-1)); done; echo $i`,
		out: "1\n2\n3\n0\n"},
	{about: "the status of a loop that did not run is 0",
		in:  `false; while false; do :; done; echo $?; false; for i in; do :; done; echo $?; false; until true; do :; done; echo $?`,
		out: "0\n0\n0\n"},
	{about: "the status of a loop is that of its last turn",
		in:  `i=0; while [ $i -lt 1 ]; do i=1; (exit 5); done; echo $?; for i in 1; do (exit 6); done; echo $?`,
		out: "5\n6\n"},
	{about: "for without in",
		in: `set -- a 'b c'; for i do echo "[$i]"; done; for i; do echo "<$i>"; done
for i
do echo "($i)"; done`,
		out: "[a]\n[b c]\n<a>\n<b c>\n(a)\n(b c)\n"},
	{about: "for with an empty list",
		in:  `for i in; do echo no; done; echo end; for i in $nothing; do echo no; done`,
		out: "end\n"},
	{about: "for over lines",
		in: `for i in \
a b
do
echo $i
done`,
		out: "a\nb\n"},
	{about: "the loop variable stays",
		in:  `for i in 1 2; do :; done; echo $i`,
		out: "2\n"},
	{about: "changing the list inside does not matter",
		in:  `set -- a b; for i in "$@"; do shift; echo "$i $#"; done`,
		out: "a 1\nb 0\n"},
	{about: "changing the variable inside does not matter",
		in:  `for i in 1 2; do i=9; done; echo $i; for i in 1 2; do echo $i; i=7; done`,
		out: "9\n1\n2\n"},
	{about: "case with no match is 0",
		in:  `false; case a in b) ;; esac; echo $?; false; case a in a) ;; esac; echo $?`,
		out: "0\n0\n"},
	{about: "case: first match counts",
		in:  `case a in a) echo 1;; a) echo 2;; *) echo 3;; esac`,
		out: "1\n"},
	{about: "case: the last item without ;;",
		in: `case a in a) echo x
esac; case a in a) echo y; esac`,
		out: "x\ny\n"},
	{about: "case: status",
		in:  `case a in a) (exit 3);; esac; echo $?`,
		out: "3\n"},
	{about: "case: word expansions",
		in:  `x='a b'; case $x in 'a b') echo yes;; esac; case "$x"c in a\ bc) echo yes;; esac; case $(echo q) in q) echo yes;; esac`,
		out: "yes\nyes\nyes\n"},
	{about: "case: patterns are expanded only until one matches",
		in:  `case a in a) ;; $(echo no >&2)) ;; esac; echo ok`,
		out: "ok\n"},
	{about: "case with reserved words as patterns",
		in:  `case if in if) echo yes;; esac; case esac in (esac) echo yes;; esac; case in in in) echo yes;; esac`,
		out: "yes\nyes\nyes\n"},
	{about: "case over lines with comments",
		in: `case b in # c
  # d
  a | b ) # e
    echo yes # f
    ;; # g
esac`,
		out: "yes\n"},
	{about: "a group needs a separator before }",
		in: `{ echo a; }; { echo b
}; { (echo c) }`,
		out: "a\nb\nc\n"},
	{about: "nesting",
		in:  `for i in 1 2; do for j in a b; do if [ $i = 1 ]; then case $j in a) echo $i$j;; esac; else echo $j$i; fi; done; done`,
		out: "1a\na2\nb2\n"},
	{about: "a subshell's status",
		in:  `(exit 9); echo $?; (false); echo $?; (true; exit); echo $?`,
		out: "9\n1\n0\n"},
	{about: "break and continue",
		in:  `for i in 1 2 3 4; do case $i in 2) continue;; 4) break;; esac; echo $i; done`,
		out: "1\n3\n"},
	{about: "break n, continue n",
		in:  `for i in 1 2; do for j in a b c; do [ $j = b ] && continue 2; echo $i$j; done; done; for i in 1 2; do for j in a b; do break 2; done; echo no; done; echo end`,
		out: "1a\n2a\nend\n"},
	{about: "break n of more loops than there are",
		in:  `for i in 1 2; do for j in a b; do break 5; done; echo no; done; echo end`,
		out: "end\n"},
	{about: "break in while and until",
		in:  `while :; do break; done; echo a; until false; do break; done; echo b`,
		out: "a\nb\n"},
	{about: "continue in while evaluates the condition",
		in:  `i=0; while i=$((i+1)); [ $i -lt 5 ]; do [ $i = 3 ] && continue; echo $i; done`,
		out: "1\n2\n4\n"},
	{about: "break in the condition",
		in:  `while break; do :; done; echo a; while if true; then break; fi; do :; done; echo b`,
		out: "a\nb\n"},
	{about: "the status after break is 0",
		in:  `for i in 1; do false; break; done; echo $?`,
		out: "0\n"},
	{about: "break in eval",
		in:  `for i in 1 2; do eval break; echo no; done; echo end; for i in 1 2; do eval 'continue'; echo no; done`,
		out: "end\n"},
	{about: "break in a group and a case in a loop",
		in:  `for i in 1 2; do { break; }; done; for i in 1 2; do case x in x) break;; esac; done; echo $i`,
		out: "1\n"},
	{about: "break in an && list",
		in:  `for i in 1 2 3; do [ $i = 2 ] && break; done; echo $i; for i in 1 2; do true && continue; echo no; done`,
		out: "2\n"},
	{about: "break outside of a loop",
		in:  `break; echo $?; continue; echo $?`,
		out: "0\n0\n"},
	{about: "break in a subshell inside a loop",
		in:  `for i in 1 2; do (echo $i; break; echo x); done 2>/dev/null | head -n 2 | tr -d x`,
		out: "1\n2\n"},
	{about: "break zero is an error",
		in:  `"$SH" -c 'for i in 1; do break 0; done; echo no' 2>/dev/null; test $? -ne 0 && echo failed`,
		out: "failed\n"},
	{about: "a loop reads its own input",
		in:  `printf '1\n2\n3\n' | while read x; do echo "a$x"; read y; echo "b$y"; done`,
		out: "a1\nb2\na3\nb\n"},
	{about: "a redirected group with a loop in it",
		in: `{ while read x; do echo $x; done; } <<E
1
2
E`,
		out: "1\n2\n"},
	{about: "long lists on one line",
		in:  `if true;then echo a;fi;for i in 1;do echo $i;done;while false;do :;done;{ echo b;}`,
		out: "a\n1\nb\n"},
	{about: "reserved words as arguments",
		in:  `echo if then else fi do done case esac while until for in { } !`,
		out: "if then else fi do done case esac while until for in { } !\n"},
	{about: "reserved words as names",
		in:  `for in in 1; do echo $in; done; if=3; echo $if`,
		out: "1\n3\n"},
	{about: "newline before do, then, in",
		in: `for i
in 1 2
do echo $i; done
if
true
then
echo yes
fi
while
false
do
:
done`,
		out: "1\n2\nyes\n"},
	{about: "return status through nested constructs",
		in:  `if { false || true; } && ! false; then echo yes; fi`,
		out: "yes\n"},
	{about: "case ;& and ;;&", bash: true,
		in:  `case a in a) echo 1;& b) echo 2;; c) echo 3;; esac; case a in a) echo 4;;& *) echo 5;; esac`,
		out: "1\n2\n4\n5\n"},
}
