#compdef tb treatybody
# tb completion for zsh: eval "$(tb completion zsh)" in ~/.zshrc, after compinit
_tb() {
    local -a values shown open
    local line value what last=$PREFIX
    [[ -z $compstate[quote] ]] && last=${(Q)PREFIX}
    for line in ${(f)"$(_TB_COMPLETE=1 ${words[1]} "${(@Q)words[2,CURRENT-1]}" "$last" 2>/dev/null)"}; do
        value=${line%%$'\t'*} what=${line#*$'\t'}
        case $what in
            '<dir>') _files -/; return ;;
            '<file>') _files; return ;;
        esac
        if [[ -n $what ]]; then what="$value  -- $what"; else what=$value; fi
        if [[ $value == *: ]]; then
            open+=("$value")
        else
            values+=("$value") shown+=("$what")
        fi
    done
    (( $#open )) && compadd -U -S '' -- $open
    (( $#values )) && compadd -U -l -d shown -- $values
}
compdef _tb tb treatybody
