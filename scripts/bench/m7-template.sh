render() {
	out=
	OPTIND=1
	while getopts n:t:q opt; do
		case $opt in n) name=$OPTARG ;; t) title=$OPTARG ;; q) quiet=1 ;; esac
	done
	shift $((OPTIND - 1))
	while IFS= read -r line; do
		while :; do
			case $line in
			*'{{'*'}}'*)
				key=${line#*'{{'} key=${key%%'}}'*}
				eval "value=\$$key"
				line=${line%%'{{'*}$value${line#*'}}'}
				;;
			*) break ;;
			esac
		done
		out="$out$line
"
	done <<END
<h1>{{title}}</h1>
<p>Hello {{name}}, you are number {{number}}.</p>
<p>No placeholder here</p>
END
}
number=0
while [ $number -lt 600 ]; do number=$((number + 1)); render -n "it's me" -t "A title" -q rest; done
printf %s "$out"
