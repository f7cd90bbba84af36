package shell_test

// heredocCases: XCU 2.7.4: here-documents.
var heredocCases = []languageCase{
	{about: "expansions in the body",
		in: `x=1; cat <<E
$x ${x}a $((x+1)) $(echo sub) ` + "`" + `echo back` + "`" + ` "q" 'q'
E`,
		out: "1 1a 2 sub back \"q\" 'q'\n"},
	{about: "a quoted delimiter: nothing is expanded",
		in: `x=1; cat <<'E'
$x $(echo) \$ \\ ` + "`" + `a` + "`" + `
E`,
		out: "$x $(echo) \\$ \\\\ `a`\n"},
	{about: "delimiters quoted in every way",
		in: `cat <<\E
$a
E
cat <<"E"
$b
E
cat <<E""F
$c
EF
cat <<'E'F
$d
EF`,
		out: "$a\n$b\n$c\n$d\n"},
	{about: "backslashes in an unquoted body",
		in: `x=1; cat <<E
\$x \\ \a \" \` + "`" + ` a\
b
E`,
		out: "$x \\ \\a \\\" ` ab\n"},
	{about: "<<- strips tabs",
		in: `cat <<-E
	one
		two
	  three
	E`,
		out: "one\ntwo\n  three\n"},
	{about: "<<- with a quoted delimiter",
		in: `cat <<-'E'
	$x
		E
	\E
	E`,
		out: "$x\n", status: 127},
	{about: "tabs after a continuation",
		in: `cat <<-E
	a\
	b
	E`,
		out: "a\tb\n"},
	{about: "several here-documents on a line",
		in: `cat <<A; cat <<B
a
A
b
B`,
		out: "a\nb\n"},
	{about: "two for one command",
		in: `cat <<A 3<<B; cat <<C
a
A
b
B
c
C`,
		out: "a\nc\n"},
	{about: "in a pipeline",
		in: `cat <<E | tr a-z A-Z
text
E`,
		out: "TEXT\n"},
	{about: "the rest of the line goes on",
		in: `cat <<E && echo after
body
E`,
		out: "body\nafter\n"},
	{about: "in a loop, read as input",
		in: `while read a b; do echo "$b-$a"; done <<E
1 2
3 4
E`,
		out: "2-1\n4-3\n"},
	{about: "in a function",
		in: `f() { cat <<E
arg $1
E
}; f x; f y`,
		out: "arg x\narg y\n"},
	{about: "in a function with a quoted delimiter",
		in: `f() { cat <<'E'
arg $1
E
}
f x`,
		out: "arg $1\n"},
	{about: "an empty body",
		in: `cat <<E
E
echo end`,
		out: "end\n"},
	{about: "the delimiter must stand alone",
		in: `cat <<E
 E
E 
EE
E`,
		out: " E\nE \nEE\n"},
	{about: "an expansion that looks like the delimiter",
		in: `x=E; cat <<E
$x
E`,
		out: "E\n"},
	{about: "nested in a substitution within the body",
		in: `cat <<E
$(cat <<F
inner $((1+1))
F
)
E`,
		out: "inner 2\n"},
	{about: "double quotes inside an expansion in the body",
		in: `unset u; x='a b'; cat <<E
${u-"q"} ${u-'q'} "${x}" ${u-$x}
E`,
		out: "q 'q' \"a b\" a b\n"},
	{about: "$@ in a body",
		in: `set -- a 'b c'; cat <<E
$@ $* "$@"
E`,
		out: "a b c a b c \"a b c\"\n"},
	{about: "the body keeps blanks and globs",
		in: `x='*  *'; cat <<E
  $x   *
E`,
		out: "  *  *   *\n"},
	{about: "the positions of quotes do not matter",
		in: `cat <<E
it's a "test
E`,
		out: "it's a \"test\n"},
	{about: "in if and case",
		in: `if cat <<E
cond
E
then case x in x) cat <<F
arm
F
esac; fi`,
		out: "cond\narm\n"},
	{about: "in a subshell and a group",
		in: `(cat <<E
sub
E
); { cat <<E
group
E
}`,
		out: "sub\ngroup\n"},
	{about: "read by a builtin",
		in: `read x <<E
first
second
E
echo $x`,
		out: "first\n"},
	{about: "a long body",
		in: `x=$(cat <<E
$(i=0; while [ $i -lt 2000 ]; do echo 0123456789; i=$((i+1)); done)
E
); echo ${#x}`,
		out: "21999\n"},
	{about: "a long body to a child that does not read it",
		in: `true <<E
$(i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done)
E
echo $?`,
		out: "0\n"},
	{about: "a delimiter with special characters",
		in: `cat <<!
a
!
cat <<EOF-1
b
EOF-1`,
		out: "a\nb\n"},
	{about: "in eval",
		in: `eval 'cat <<E
text $((1+2))
E'`,
		out: "text 3\n"},
	{about: "through -c at the end of the text",
		in: `"$SH" -c 'cat <<E
body
E'`,
		out: "body\n"},
	{about: "the error of an expansion in the body", deviates: "dash and bash expand it in the child, where the shell outlives it",
		in: `"$SH" -c 'cat <<E
${x?none}
E
echo no' 2>/dev/null; test $? -ne 0 && echo failed`,
		out: "failed\n"},
	{about: "assignments in the body stay",
		in: `cat <<E
${v=set}
E
echo "$v"`,
		out: "set\nset\n"},
	{about: "variables are read when the command runs",
		in: `for x in 1 2; do cat <<E
$x
E
done`,
		out: "1\n2\n"},
	{about: "with a background command",
		in: `cat <<E &
bg
E
wait`,
		out: "bg\n"},
}
