# tb completion for fish: tb completion fish > ~/.config/fish/completions/tb.fish
function __tb_complete
    set -l words (commandline -opc)
    set -l last (commandline -ct)
    # an unfinished quotation goes to tb without its quote
    set last (string replace -r '^[\'"]' '' -- $last)
    for line in (_TB_COMPLETE=1 $words[1] $words[2..-1] $last 2>/dev/null)
        set -l parts (string split \t -- $line)
        switch "$parts[2]"
            case '<dir>'
                __fish_complete_directories $last
            case '<file>'
                __fish_complete_path $last
            case '*'
                echo $line
        end
    end
end
complete -c tb -f -a '(__tb_complete)'
complete -c treatybody -f -a '(__tb_complete)'
