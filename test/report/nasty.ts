/** A source with everything that a highlighter, an escaper or a counter of columns stumbles over; its lines end as on Windows. */
export function nastySource(): Buffer {
  const lines = [
    "-- it's a comment with an apostrophe, <b>markup</b>, & \"quotes\" -- don't",
    "local M = {}",
    "local Stack = {}",
    "local long = [==[ no end: ]] 'string' -- no comment",
    `<script>document.title = "RAN"</script><img src=x onerror="document.title='RAN'"> ]==]`,
    "--[[ a comment over",
    "  lines with [==[ in it ]] local half = 7 // 2 -- not the end of 'the line",
    "function M.nested(a, b, c, d)",
    "\tif a and (b or c) then",
    "\t\treturn 1",
    "\telseif not d or b == nil then",
    "\t\treturn 2   ",
    "\tend",
    "\tif  ( a  ==",
    "\t  'two lines' ) then   half = half + 1 -- trailing",
    "\tend",
    '\tlocal s = "äöü😀" local t = (s == "äöü") and s or a and "ß" or (c and d)',
    "\tfor i = 1, 0 do half = i end",
    "\twhile c do half = 1 break end",
    "\trepeat half = half - 1 until half < 0 or a == '</td>' or half > 0",
    "\treturn t",
    "end",
    "function Stack:unused( self2 , ... )   ",
    "\tlocal  x  =  [[",
    "   long string &amp; <i>with</i> lines   ",
    "]]  .. #self2",
    "   ",
    "\t-- a comment that isn't code",
    "\tif x then return x // 2 end",
    "end",
    `local wide = "${"x".repeat(3000)}" if wide == 1 and M then half = 2 end half = 3`,
    'M["<img src=x onerror=alert(1)>"] = function() return "\xe9\xff\u0001" end -- \xe9',
    "M.\x61 = function(x) return x end goto done",
    "::done:: return M",
  ];
  const [utf8, bytes] = [lines.slice(0, -3), lines.slice(-3)];
  return Buffer.concat([
    Buffer.from(`${utf8.join("\r\n")}\r\n`),
    Buffer.from(`${bytes.join("\r\n")}\r\n`, "latin1"),
  ]);
}

export const nastyTest = `local m = dofile("src/nasty.lua")
assert(m.nested(true, true, nil, false) == 1)
m.nested(false, 1, nil, true)
m.a(1)
`;
