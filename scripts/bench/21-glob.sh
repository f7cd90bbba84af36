d=$TMP/glob
[ -d $d ] || { mkdir $d; cd $d; i=0; while [ $i -lt 20000 ]; do : >f$i.c; i=$((i + 1)); done; }
cd $d
set -- *7.c; a=$#
set -- *; echo $a $# ${1}
