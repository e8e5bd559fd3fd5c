import { completionRequest, quotedRequest } from "./request.js";

/** By shell, what is to be read by it. Each asks the program that is being typed. */
export const scripts: Readonly<Record<string, string>> = {
  // With -o filenames, bash quotes what needs it, and puts "/" behind folders itself.
  bash: `_luacov_ts() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%/}")
  done < <("$1" ${quotedRequest} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null)
}
complete -o filenames -F _luacov_ts luacov-ts
`,
  zsh: `#compdef luacov-ts
_luacov_ts() {
  local -a found
  found=("\${(@f)$("$words[1]" ${completionRequest} "\${(@Q)words[2,CURRENT]}" 2> /dev/null)}")
  found=(\${found:#})
  compadd -- \${found:#*/}
  compadd -S "" -- \${(M)found:#*/}
}
if [[ \${funcstack[1]} == _luacov_ts ]]; then
  _luacov_ts "$@"
else
  compdef _luacov_ts luacov-ts
fi
`,
  fish: `function __luacov_ts_complete
  set -l words (commandline -opc)
  set -l typed (string escape -n -- $words)
  $words[1] ${quotedRequest} $typed[2..-1] (commandline -ct) 2> /dev/null
end
complete -c luacov-ts -f -a "(__luacov_ts_complete)"
`,
};
