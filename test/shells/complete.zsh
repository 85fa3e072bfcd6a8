# Prints what zsh completes: zsh -f complete.zsh <script> <line>
# Only an interactive shell completes, so another zsh runs in a pseudo-terminal.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "script=${(q)1}; source ${(q)0:A:h}/interactive.zsh"
zpty -r shell output '*<ready>*'
zpty -n -w shell "$2"$'\t'
zpty -r shell output '*<end>*'
for line in ${(f)output//$'\r'/}; do
  [[ $line == *'<match>'* ]] && print -r -- "${line##*<match>}"
done
exit 0
