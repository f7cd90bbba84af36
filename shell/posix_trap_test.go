package shell_test

// pseudoCases: XCU 2.15 trap and 2.12, what is not in trapsCases: signals at
// their default, the status of exit, and bash's ERR, DEBUG and RETURN.
var pseudoCases = []posixCase{
	{languageCase{about: "untrapped signals end the shell", in: `for s in HUP INT TERM USR1 USR2 ALRM ABRT PIPE XCPU IO; do "$SH" -c "kill -$s \$\$; echo alive $s" 2>/dev/null; echo $?; done`,
		out: "129\n130\n143\n138\n140\n142\n134\n141\n152\n157\n"}, ""},
	{languageCase{about: "QUIT too", in: `"$SH" -c 'kill -QUIT $$; echo alive' 2>/dev/null; echo $?`, out: "131\n"}, "bash: a shell that bash starts with -c survives it"},
	{languageCase{about: "a trap reset is the default again", in: `"$SH" -c 'trap "echo got" USR1 ALRM; kill -USR1 $$; kill -ALRM $$; trap - USR1; kill -USR1 $$; echo alive' 2>/dev/null; echo $?`, out: "got\ngot\n138\n"}, ""},
	{languageCase{about: "ignored on entry stays so, without a word", in: `trap '' HUP INT; "$SH" -c 'trap "echo no" HUP; trap - INT; kill -HUP $$; kill -INT $$; echo alive'`, out: "alive\n"}, "bash: the second trap makes INT the default"},
	{languageCase{about: "ignored signals pass on to children", in: `trap '' QUIT USR1; sh -c 'kill -QUIT $$; kill -USR1 $$; echo alive'; (kill -QUIT $$; echo on) & wait`, out: "alive\non\n"}, ""},
	{languageCase{about: "exit in an action: the status before it", in: `"$SH" -c 'trap "true; exit" EXIT; exit 3'; echo $?; "$SH" -c 'trap "false; exit" TERM; kill -TERM $$'; echo $?; "$SH" -c 'trap "f() { exit; }; true; f" EXIT; (exit 5)'; echo $?`, out: "3\n0\n5\n"}, "bash: gives the status of false in the second"},
	{languageCase{about: "writing to a pipe that nobody reads", in: `"$SH" -c 'while :; do echo x; done' 2>/dev/null | head -1; { while :; do echo y; done; } 2>/dev/null | head -1; echo on`, out: "x\ny\non\n"}, ""},
	{languageCase{about: "a signal ends the shell behind the action of EXIT", bash: true, in: `"$SH" -c 'trap "echo bye; true" EXIT; kill -TERM $$; echo alive' 2>/dev/null; echo $?`, out: "bye\n143\n"}, ""},
	{languageCase{about: "ERR", bash: true, in: "trap 'echo E$?' ERR\nfalse\n(exit 3)\nif false; then :; fi\n! true\nfalse || :\nfalse && :\ntrue | false\nfalse | true\nx=$(exit 4)\ntrap - ERR\nfalse\necho end", out: "E1\nE3\nE1\nE4\nend\n"}, ""},
	{languageCase{about: "ERR knows the line and the command", bash: true, in: "trap 'echo \"$LINENO $BASH_COMMAND\"' ERR\n:\nfalse a b\n", out: "3 false a b\n", status: 1}, ""},
	{languageCase{about: "functions inherit ERR with -E", bash: true, in: "trap 'echo E' ERR\nf() { false; true; }\nf; echo 1\nset -E\nf; echo 2\n(false; true)", out: "1\nE\n2\nE\n"}, ""},
	{languageCase{about: "ERR and -e", bash: true, in: "trap 'echo E' ERR; set -e\nfalse\necho no", out: "E\n", status: 1}, ""},
	{languageCase{about: "RETURN in a function", bash: true, in: "f() { trap 'echo R' RETURN; echo f; }\nf\ng() { echo g; }\ng\ntrap - RETURN", out: "f\nR\ng\n"}, ""},
	{languageCase{about: "RETURN set outside, and with -T", bash: true, in: "trap 'echo R' RETURN\nf() { echo f; }\nf\nset -T\nf\necho 'echo dot' >d; . ./d", out: "f\nf\nR\ndot\nR\n"}, ""},
	{languageCase{about: "DEBUG", bash: true, in: "trap 'echo \"D $LINENO $BASH_COMMAND\"' DEBUG\necho a\nx=1\n[[ a ]] && echo b\nf() { echo f; }\nf\ntrap - DEBUG\necho c", out: "D 2 echo a\na\nD 3 x=1\nD 4 [[ a ]]\nD 4 echo b\nb\nD 6 f\nf\nD 7 trap - DEBUG\nc\n",
		deviates: "bash writes [[ -n a ]]"}, ""},
	{languageCase{about: "trap lists ERR and DEBUG", bash: true, in: "trap 'echo x' ERR; trap : DEBUG; trap -p ERR; trap - DEBUG; trap -p DEBUG", out: "trap -- 'echo x' ERR\ntrap -- - DEBUG\n", deviates: "bash -p prints nothing for what has no action, outside of posix mode"}, ""},
}
