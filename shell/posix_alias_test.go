package shell_test

// aliasCases: XCU 2.3.1, alias substitution.
var aliasCases = []posixCase{
	{languageCase{about: "from the next line on, not on the same", in: "alias x='echo hi'; x 2>/dev/null || echo not yet\nx", out: "not yet\nhi\n"}, ""},
	{languageCase{about: "the command word only", in: "alias a='echo b'\necho a; a a", out: "a\nb a\n"}, ""},
	{languageCase{about: "a blank at the end: the next word too", in: "alias e='echo ' w=world\ne w w", out: "world w\n"}, ""},
	{languageCase{about: "blanks hand on through several", in: "alias e='echo ' a='b ' b=c\ne a b", out: "c c\n"}, "dash: it does not look at the word behind an alias that came from a blank"},
	{languageCase{about: "not inside its own text", in: "alias echo='echo x' a='b y' b='a z'\necho 1; b 2>&1 | grep -c found; \\echo q", out: "x 1\n1\nq\n"}, ""},
	{languageCase{about: "quoted words are no aliases", in: "alias zz='echo no'\n\\zz 2>/dev/null; 'zz' 2>/dev/null; z\"z\" 2>/dev/null; echo $?", out: "127\n"}, ""},
	{languageCase{about: "reserved words in their place are not replaced", in: "alias if=echo\nif true; then echo kept; fi; \\if 2>/dev/null || echo quoted", out: "kept\nquoted\n"}, ""},
	{languageCase{about: "a reserved word as the text", in: "alias begin='{' end='}' unless='if !'\nbegin echo in; end\nunless false; then echo yes; fi", out: "in\nyes\n"}, ""},
	{languageCase{about: "behind assignments and redirections", in: "alias e='echo hi'\nx=1 e; 2>/dev/null e; x=2 2>&1 e", out: "hi\nhi\nhi\n"}, "bash: not behind both"},
	{languageCase{about: "operators in the text", in: "alias p='echo a | cat; echo b &&'\np echo c", out: "a\nb\nc\n"}, ""},
	{languageCase{about: "a quote that the text opens", in: "alias q=\"echo 'a\"\nq b'", out: "a b\n"}, ""},
	{languageCase{about: "a here-document behind", in: "alias c=cat\nc <<c\nc x\nc\necho on", out: "c x\non\n"}, ""},
	{languageCase{about: "not in a here-document, a case pattern, a for list", in: "alias x='echo no'\ncat <<E\nx\nE\ncase x in x) echo 1;; esac\nfor i in x; do echo $i; done", out: "x\n1\nx\n"}, ""},
	{languageCase{about: "in a case body, a loop, a group, a subshell, a function", in: "alias x='echo y'\ncase 1 in 1) x 1;; esac; for i in 2; do x $i; done; { x 3; }; (x 4); f() { x 5; }; f; if x 6; then x 7; fi; ! x 8 || x 9", out: "y 1\ny 2\ny 3\ny 4\ny 5\ny 6\ny 7\ny 8\ny 9\n"}, ""},
	{languageCase{about: "in substitutions", in: "alias x='echo y'\necho $(x 1) `x 2` \"$(x 3)\" ${z-$(x 4)}", out: "y 1 y 2 y 3 y 4\n"}, ""},
	{languageCase{about: "in eval, a dot script and a trap", in: "alias x='echo y'\neval 'x 1'; echo 'x 2' >f; . ./f; trap 'x 3' EXIT", out: "y 1\ny 2\ny 3\n"}, ""},
	{languageCase{about: "eval defines one for the next line", in: "eval \"alias x='echo y'\"\nx", out: "y\n"}, ""},
	{languageCase{about: "a function keeps the text of its definition", in: "alias x='echo one'\nf() { x; }\nalias x='echo two'\nf; x; unalias x\nf", out: "one\ntwo\none\n"}, ""},
	{languageCase{about: "newlines in the text", in: "alias m='echo a\necho b'\nm c", out: "a\nb c\n"}, ""},
	{languageCase{about: "a word split over lines", in: "alias long='echo hi'\nlo\\\nng x", out: "hi x\n"}, ""},
	{languageCase{about: "behind ; and & and | and && and (", in: "alias x='echo y'\n:; x 1; : && x 2; false || x 3; : | x 4; x 5 | cat", out: "y 1\ny 2\ny 3\ny 4\ny 5\n"}, ""},
	{languageCase{about: "a name with punctuation", in: "alias l.='echo dot' ..='echo up' a-b='echo dash'\nl.; ..; a-b", out: "dot\nup\ndash\n"}, ""},
	{languageCase{about: "an empty one", in: "alias e=\ne echo hi", out: "hi\n"}, ""},
	{languageCase{about: "the list can be read again", in: "alias a=\"it's\" b='x y'\nalias a b; alias >f; unalias -a; alias; eval \"alias $(cat f | tr '\\n' ' ')\"; alias b", out: "a='it'\\''s'\nb='x y'\nb='x y'\n"}, "dash: quotes in another way"},
	{languageCase{about: "unalias", in: "alias a=b c=d\nunalias a; alias; unalias a 2>/dev/null; echo $?; unalias -a; alias; unalias 2>/dev/null; echo $?", out: "c='d'\n1\n2\n"}, "dash: unalias without operands is 0"},
	{languageCase{about: "a subshell's stays there", in: "(alias x='echo no')\nx 2>/dev/null; echo $?", out: "127\n"}, ""},
	{languageCase{about: "command -v", in: "alias x='y z'\ncommand -v x", out: "alias x='y z'\n"}, ""},
	{languageCase{about: "lines are counted as they are", in: "alias m=':\n:'\nm\necho $LINENO", deviates: "dash and bash count the alias's newline", out: "4\n"}, ""},
	{languageCase{about: "shopt -u expand_aliases", bash: true, in: "shopt -s expand_aliases; alias x='echo y'\nx\nshopt -u expand_aliases\nx 2>/dev/null; echo $?", out: "y\n127\n"}, ""},
	{languageCase{about: "[[ ]], (( )) and arrays hold no aliases", bash: true, in: "shopt -s expand_aliases; alias x='echo no'\n[[ x == x ]] && echo 1; ((x=1)); a=(x y); echo ${a[0]}", out: "1\nx\n"}, ""},
}

// continuationCases: XCU 2.2.1, a backslash and a newline vanish before tokens
// are made, inside operators too.
var continuationCases = []posixCase{
	{languageCase{about: "in <<", in: "cat <\\\n<E\nhi\nE\necho $LINENO", out: "hi\n5\n"}, "dash: LINENO is empty in -c"},
	{languageCase{about: "in &&, || and ;;", in: "true &\\\n& echo 1; false |\\\n| echo 2; case a in a) echo 3;\\\n; b) ;; esac", out: "1\n2\n3\n"}, ""},
	{languageCase{about: "in >> and >&", in: "echo a >\\\n>f; echo b >\\\n>f; cat f; echo c >\\\n&1", out: "a\nb\nc\n"}, ""},
	{languageCase{about: "in $(( and $(", in: "echo $\\\n(echo a) $\\\n((1+1)) $(\\\n(2+1)) \"$\\\n(echo b)\"", out: "a 2 3 b\n"}, ""},
	{languageCase{about: "in ${", in: "x=ab; echo $\\\n{x} ${\\\nx} ${x\\\n} $\\\nx", out: "ab ab ab ab\n"}, ""},
	{languageCase{about: "not in single quotes and quoted here-documents", in: "x=5; echo '$\\\n{x}'; cat <<'E'\n$\\\n{x} <\\\n<\nE", out: "$\\\n{x}\n$\\\n{x} <\\\n<\n"}, ""},
	{languageCase{about: "in reserved words and names", in: "i\\\nf true; th\\\nen ec\\\nho ok; f\\\ni; fo\\\no=1; echo $fo\\\no", out: "ok\n1\n"}, ""},
	{languageCase{about: "! !", in: "! ! true; echo $?; ! ! ! true; echo $?", out: "0\n1\n"}, "dash: a syntax error"},
}
