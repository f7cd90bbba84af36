json='{"name":"cosh","list":[1,2,{"deep":[true,false,null]}],"text":"a \"quoted\" word","n":-12.5e3}'
tokens=0 depth=0 max=0
parse() {
	s=$1
	while [ -n "$s" ]; do
		c=${s%"${s#?}"} s=${s#?}
		case $c in
		['{[']) depth=$((depth + 1)); [ $depth -gt $max ] && max=$depth; tokens=$((tokens + 1)) ;;
		['}]']) depth=$((depth - 1)) tokens=$((tokens + 1)) ;;
		'"')
			str=
			while :; do
				c=${s%"${s#?}"} s=${s#?}
				case $c in
				'\') str=$str${s%"${s#?}"} s=${s#?} ;;
				'"') break ;;
				*) str=$str$c ;;
				esac
			done
			tokens=$((tokens + 1))
			;;
		[-0-9tfn])
			while :; do case $s in [-+.0-9a-zE]*) s=${s#?} ;; *) break ;; esac; done
			tokens=$((tokens + 1))
			;;
		esac
	done
}
i=0
while [ $i -lt 600 ]; do parse "$json"; i=$((i + 1)); done
echo $tokens $max "$str"
