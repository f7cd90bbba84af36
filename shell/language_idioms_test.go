package shell_test

// idiomsCases: XCU 2.3.1: aliases; idioms of real scripts.
var idiomsCases = []languageCase{
	{about: "an alias takes effect on the next line",
		in: `alias e='echo aliased'
e x`,
		out: "aliased x\n"},
	{about: "not on the same line",
		in:  `alias zz='echo no'; zz 2>/dev/null; echo $?`,
		out: "127\n"},
	{about: "an alias with a blank at the end expands the next word",
		in: `alias run='echo '
alias word='expanded'
run word`,
		out: "expanded\n"},
	{about: "a quoted word is no alias",
		in: `alias e='echo no'
\e 2>/dev/null; 'e' 2>/dev/null; echo $?`,
		out: "127\n"},
	{about: "an alias of a keyword construct",
		in: `alias iftrue='if true; then'
iftrue echo yes; fi`,
		out: "yes\n"},
	{about: "an alias that names itself",
		in: `alias echo='echo x'
echo y`,
		out: "x y\n"},
	{about: "unalias -a",
		in: `alias a1=b a2=c
unalias -a; alias; echo none`,
		out: "none\n"},
	{about: "alias prints what can be read again",
		in: `alias q="a  b"
alias q`,
		out: "q='a  b'\n"},
	{about: "aliases in functions are expanded at definition",
		in: `alias e='echo one'
f() { e; }
alias e='echo two'
f`,
		out: "one\n"},
	{about: "an alias to a pipe and redirection",
		in: `alias up='tr a-z A-Z'
echo abc | up`,
		out: "ABC\n"},
	{about: "set without arguments lists variables sorted and quoted",
		in:  `zz1="a b"; zz2=; set | grep '^zz[12]='`,
		out: "zz1='a b'\nzz2=''\n"},
	{about: "variables with equals signs in the value",
		in:  `x=a=b=c; echo $x; export Y=d=e; sh -c 'echo $Y'`,
		out: "a=b=c\nd=e\n"},
	{about: "long words and many words",
		in:  `set -- $(i=0; while [ $i -lt 1000 ]; do echo w$i; i=$((i+1)); done); echo $# ${1000}`,
		out: "1000 w999\n"},
	{about: "deep nesting of parentheses",
		in:  `((((echo deep)))) 2>/dev/null || ( ( ( (echo deep) ) ) )`,
		out: "deep\n"},
	{about: "deep nesting of braces and ifs",
		in:  `if if if true; then true; fi; then true; fi; then { { { echo deep; }; }; }; fi`,
		out: "deep\n"},
	{about: "a word of every quoting at once",
		in:  `x=v; printf '[%s]\n' a"b $x"'c $x'\ d` + "`" + `echo e` + "`" + `$(echo f)${x}$((1+1))`,
		out: "[ab vc $x defv2]\n"},
	{about: "unicode text passes",
		in:  `echo 'äöü €'; x='日本'; echo "$x"; case $x in 日*) echo yes;; esac`,
		out: "äöü €\n日本\nyes\n"},
	{about: "a CR in a script's word stays",
		in:  `printf 'echo a\r\n' >s; "$SH" s | od -An -c`,
		out: "   a  \\r  \\n\n"},
	{about: "a script with blanks and tabs",
		in:  `	echo	tab ; 	  echo   blank`,
		out: "tab\nblank\n"},
	{about: "true && in a loop with many forks",
		in:  `i=0; while [ $i -lt 20 ]; do x=$(echo $i | sed s/1/x/); (exit 1); i=$((i+1)); done; echo $x`,
		out: "x9\n"},
	{about: "the colon as a loop condition",
		in:  `i=0; while :; do i=$((i+1)); [ $i -ge 5 ] && break; done; echo $i`,
		out: "5\n"},
	{about: "a configure-like idiom: as_echo",
		in: `as_nl='
'; export as_nl; if (echo "a" && test -n x) >/dev/null 2>&1; then echo ok; fi; echo "$as_nl" | wc -l | tr -d ' '`,
		out: "ok\n2\n"},
	{about: "a configure-like idiom: sed in a here-document",
		in: `cat >conf.sed <<\_ACEOF
s/@a@/b/
_ACEOF
echo '@a@' | sed -f conf.sed`,
		out: "b\n"},
	{about: "a configure-like idiom: exec with many descriptors",
		in:  `exec 6>&1 5>log; echo "to log" >&5; echo "to out" >&6; exec 6>&- 5>&-; cat log`,
		out: "to out\nto log\n"},
	{about: "a configure-like idiom: ac_fn with eval",
		in:  `as_fn() { eval "$1=\$2"; }; as_fn var 'a b "c'; echo "$var"`,
		out: "a b \"c\n"},
	{about: "a configure-like idiom: case over eval'd test",
		in:  `ac='test -f f'; : >f; if { { eval echo "\"\$ac\""; } >&5; (eval "$ac") 2>&5; s=$?; test $s = 0; } 5>/dev/null; then echo yes; fi`,
		out: "yes\n"},
	{about: "a configure-like idiom: $as_echo \"…\" | sed",
		in:  `x="a/b c"; y=$(printf '%s\n' "$x" | sed 's/[^a-zA-Z0-9_]/_/g'); echo $y`,
		out: "a_b_c\n"},
	{about: "a configure-like idiom: set X and shift",
		in:  `set X a b; shift; echo "$@"`,
		out: "a b\n"},
	{about: "a configure-like idiom: for in $PATH with IFS",
		in:  `as_save_IFS=$IFS; IFS=:; for d in /a:/b:/c /d; do IFS=$as_save_IFS; echo $d; done; p=/x:/y::/z; IFS=:; for d in $p; do IFS=$as_save_IFS; test -z "$d" && d=.; echo $d; done`,
		out: "/a:/b:/c\n/d\n/x\n/y\n.\n/z\n"},
	{about: "a configure-like idiom: nested case in a for in a subshell with redirections",
		in:  `(for i in 1 2; do case $i in 1) echo one;; *) echo other >&2;; esac; done) >o 2>e; cat o e`,
		out: "one\nother\n"},
	{about: "a configure-like idiom: unset in a subshell test",
		in:  `(unset HOME) >/dev/null 2>&1 && unset HOME; echo ${HOME-unset}`,
		out: "unset\n"},
	{about: "a configure-like idiom: expr",
		in:  `x=$(expr "X/a/b" : 'X\(.*[^/]\)//*[^/][^/]*/*$'); echo $x`,
		out: "/a\n"},
	{about: "a configure-like idiom: here-document with sed script and $ac",
		in: `ac_x='val'; sed "s|@x@|$ac_x|;t t
:t" <<_E
x=@x@
_E`,
		out: "x=val\n"},
	{about: "a libtool-like idiom: func_append",
		in:  `func_append() { eval "$1=\$$1\$2"; }; v=a; func_append v ' b'; func_append v '"c'; echo "$v"`,
		out: "a b\"c\n"},
	{about: "a quoting idiom with sed",
		in:  `q() { printf '%s\n' "$1" | sed "s/'/'\\\\''/g; 1s/^/'/; \$s/\$/'/"; }; q "it's a 'test'"; eval "echo $(q "it's")"`,
		out: "'it'\\''s a '\\''test'\\'''\nit's\n"},
	{about: "reading passwd-like lines",
		in: `while IFS=: read -r u p i rest; do echo "$u=$i($rest)"; done <<E
root:x:0:0:r:/root
bin:x:1:1
E`,
		out: "root=0(0:r:/root)\nbin=1(1)\n"},
	{about: "the date of a heredoc in command substitution inside quotes",
		in: `echo "x$(cat <<E
"quoted" 'too' \$no
E
)y"`,
		out: "x\"quoted\" 'too' $noy\n"},
}
