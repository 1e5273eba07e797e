/** Each asks `kr` itself what may come next, so it never lags behind the commands there are. */
export const completionScripts = {
  bash: `# kr completion bash: put this into ~/.bashrc:  source <(kr completion bash)
_kr() {
  local IFS=$'\\n'
  COMPREPLY=($(kr __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
}
complete -o default -o bashdefault -F _kr kr
`,
  zsh: `#compdef kr
# kr completion zsh: put this into ~/.zshrc, after compinit:  source <(kr completion zsh)
_kr() {
  local line
  local -a found
  for line in "\${(@f)$(kr __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( \${#found} )); then _describe kr found; else _files; fi
}
compdef _kr kr
`,
  fish: `# kr completion fish: put this into ~/.config/fish/config.fish:  kr completion fish | source
function __kr_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (kr __complete $words[2..-1] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c kr -f -a '(__kr_complete)'
`,
} as const;

export type CompletionShell = keyof typeof completionScripts;
