# Sourced by scripts/tb: is the index behind its sources, and if so, bring it up.
#
# `tb` itself never builds while searching and never scans sources. This compares names, sizes and
# times only (one `find`, no Python); what really changed is for `tb build` to decide, and when
# that is nothing it touches nothing.

# Does this command line ask for something that reads the index?
answers_from_index() {
    command=
    previous=
    for argument in "$@"; do
        case $argument in --help | -h | --version) return 1 ;; --) break ;; esac
        case $previous in --corpus | --index) previous= && continue ;; esac
        case $argument in -*) ;; *) command=${command:-$argument} ;; esac
        previous=$argument
    done
    case $command in '' | build | verify | doctor | help | completion) return 1 ;; esac
}

# Set $corpus and $index by the rules of `tb`: option, variable, nearest folder upward; then ours.
find_corpus() {
    corpus=${TREATYBODY_CORPUS:-}
    index=${TREATYBODY_INDEX:-}
    previous=
    for argument in "$@"; do
        case $argument in --) break ;; esac
        case $previous in --corpus) corpus=$argument ;; --index) index=$argument ;; esac
        case $argument in
        --corpus=*) corpus=${argument#--corpus=} ;;
        --index=*) index=${argument#--index=} ;;
        esac
        previous=$argument
    done
    if [ -z "$corpus" ]; then
        find_corpus_upward
    elif [ ! -e "$corpus/manifest.toml" ] && [ ! -d "$corpus/sources" ] && [ -d "$corpus/corpus" ]; then
        corpus=$corpus/corpus # the folder that holds it was named, as `tb` allows
    fi
    if [ -z "$index" ]; then index=$corpus/../index; fi
    stamp=$index/.launcher-stamp
}

find_corpus_upward() {
    folder=$PWD
    while [ ! -e "$folder/corpus/manifest.toml" ] && [ ! -d "$folder/corpus/sources" ]; do
        if [ -z "$folder" ]; then # nothing up to the root: the corpus of this checkout
            corpus=$root/corpus
            export TREATYBODY_CORPUS="$corpus"
            return 0
        fi
        folder=${folder%/*}
    done
    corpus=$folder/corpus
}

# What the stamp must say: which corpus, and a digest of the names, sizes and times of its sources,
# its manifest and our own code (another version may read the same file differently). Times are
# compared as equal or not, never as earlier or later: clocks are set back.
stamp_line() {
    line="$corpus $(facts_of_files | LC_ALL=C sort | cksum)"
}

facts_of_files() {
    set -- "$corpus/sources" "$corpus/manifest.toml" "$root/src/treatybody" \
        ! -path '*/__pycache__*' ! \( -type d -path "$root/src/*" \)
    if find "$root/scripts" -prune -printf '' 2>/dev/null; then
        find -L "$@" -printf '%p %s %i %T@ %C@\n' 2>/dev/null || :
    else # a find that can't print facts: the contents themselves
        find -L "$@" -type f -exec cksum {} + 2>/dev/null || :
    fi
}

# Missing, or made from other files than those that are there.
is_stale() {
    [ -e "$index/CURRENT" ] && [ -r "$stamp" ] || return 0
    stamp_line
    read -r stamped <"$stamp" && [ "$stamped" = "$line" ] && return 1
    return 0
}

# Build with what `tb build` says on stderr. The stamp is taken before, so that a source that
# changes meanwhile counts as changed. An index that stands goes on answering when a build fails.
build_first() {
    mkdir -p "$index" 2>/dev/null || :
    stamp_line
    { printf '%s\n' "$line" >"$stamp.$$"; } 2>/dev/null || :
    code=0
    TREATYBODY_CORPUS=$corpus TREATYBODY_INDEX=$index \
        "$python" -P -m treatybody build >&2 || code=$?
    if [ "$code" -eq 0 ] || [ "$code" -eq 3 ]; then # 3: some inputs could not be read; listed
        mv -f "$stamp.$$" "$stamp" 2>/dev/null || :
        return 0
    fi
    rm -f "$stamp.$$"
    if [ "$code" -eq 130 ]; then exit 130; fi
    if [ ! -e "$index/CURRENT" ]; then exit 2; fi
    say "the build failed; answering from the last good index"
}
