# tb completion for bash: eval "$(tb completion bash)" in ~/.bashrc
_tb_complete() {
    local line=${COMP_LINE:0:COMP_POINT} words=() word= quote= character i open=
    # bash parts words at colons; a query has them inside (state:PER), so the line is parted anew
    for ((i = 0; i < ${#line}; i++)); do
        character=${line:i:1}
        if [[ -n $quote ]]; then
            if [[ $character == "$quote" ]]; then quote=; else word+=$character; fi
        elif [[ $character == [\'\"] ]]; then
            quote=$character open=1
        elif [[ $character == \\ ]]; then
            ((i++)); word+=${line:i:1} open=1
        elif [[ $character == [[:space:]] ]]; then
            if [[ -n $word || -n $open ]]; then words+=("$word"); fi
            word= open=
        else
            word+=$character open=1
        fi
    done
    words+=("$word")
    local cut=0 value what
    if [[ -z $quote && $word == *:* && $COMP_WORDBREAKS == *:* ]]; then
        value=${word%"${word##*:}"}; cut=${#value}
    fi
    COMPREPLY=()
    while IFS=$'\t' read -r value what; do
        case $what in
            '<dir>') compopt -o dirnames; continue ;;
            '<file>') compopt -o default; continue ;;
        esac
        value=${value:cut}
        if [[ $value == *: || $value == */ ]]; then compopt -o nospace; fi
        if [[ -z $quote && $value == *[[:space:]\'\"\(\)]* ]]; then printf -v value %q "$value"; fi
        COMPREPLY+=("$value")
    done < <(_TB_COMPLETE=1 "${words[0]}" "${words[@]:1}" 2>/dev/null)
}
complete -F _tb_complete tb treatybody
