# Prints what bash completes: bash complete.bash <script> <word>…
# Splits words at "=" like readline.
source "$1"
shift
COMP_WORDS=()
for word; do
  if [[ $word == --*=* ]]; then
    COMP_WORDS+=("${word%%=*}" '=')
    [[ -n ${word#*=} ]] && COMP_WORDS+=("${word#*=}")
  else
    COMP_WORDS+=("$word")
  fi
done
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_gallabox_webhooks
printf '%s\n' "${COMPREPLY[@]}"
