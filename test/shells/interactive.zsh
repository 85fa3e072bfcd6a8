# The shell in which complete.zsh completes. $script is the script to test.
autoload -Uz compinit && compinit -D -u
source $script
PROMPT=

compadd() {
  local -a matches
  # With these options, the caller wants the matches in an array.
  if [[ "${(j: :)@[1,(i)(-|--)]}" != *-[OAD]\ * ]]; then
    builtin compadd -A matches "$@"
    (( $#matches )) && print -rl -- '<match>'$^matches
  fi
  builtin compadd "$@"
}

list-matches() {
  zle list-choices
  print '<end>'
}
zle -N list-matches
bindkey '^I' list-matches
print '<ready>'
