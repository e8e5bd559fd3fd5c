-- Parsing, normalising and resolving of URIs of many schemes.
dofile(arg[0]:match "^(.*/)" .. "../ordered.lua")
local URI = require "uri"
local Util = require "uri._util"

local texts = {
  "http://example.com:80/a/./b/../c?x=y#z", "HTTP://USER@Example.COM/%7efoo", "https://example.com:8443/",
  "ftp://user:secret@host/path;type=a", "ftp://host/x;type=q", "file:///etc/passwd", "file://host/c:/x",
  "data:text/plain;base64,SGVsbG8=", "data:,a%20b", "data:image/gif;base64,!!", "pop://user;AUTH=*@host:110",
  "pop://user;auth=+APOP@host", "telnet://user:pw@host:23/", "telnet://host/x", "rtsp://host/stream",
  "rtspu://host/stream", "urn:isbn:0-306-40615-2", "urn:isbn:9780306406157", "urn:isbn:12345", "urn:issn:0378-5955",
  "urn:issn:0378-5950", "urn:oid:1.2.840.113549", "urn:oid:01.2", "urn:x-unknown:abc", "urn:", "urn:a:b",
  "foo://host/path", "mailto:a@b", "http://[::1]/", "http://[::1", "http://host:99999/", "http://ho st/", "//host/x",
  "../relative/path?q", "", "#fragment", "http:", "http://a%zz/", "file:relative", "ftp://:pw@host/",
}
local parsed = {}
for _, text in ipairs(texts) do
  local ok, uri = pcall(URI.new, URI, text)
  if ok and uri then parsed[#parsed + 1] = uri end
end
assert(#parsed > 15)
assert(tostring(URI:new "HTTP://Example.COM:80/%7efoo") == "http://example.com/~foo")

local base = URI:new "http://a/b/c/d;p?q"
for _, relative in ipairs { "g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "..", "../..", "../../../g", "g:h", "" } do
  local uri = URI:new(relative, base)
  if uri then
    parsed[#parsed + 1] = uri
    pcall(function() return uri:relativize(base) end)
  end
end
assert(URI:new("../g", "http://a/b/c/d;p?q"):uri() == "http://a/b/g")

-- Every accessor reads, sets what it had, and sets something else.
local accessors = {
  "scheme", "userinfo", "host", "port", "path", "query", "fragment", "username", "password", "ftp_typecode",
  "data_bytes", "data_media_type", "pop_user", "pop_auth", "nid", "nss", "isbn_digits", "isbn", "issn_digits",
  "oid_numbers", "default_port", "is_relative", "init", "uri",
}
for _, uri in ipairs(parsed) do
  for _, name in ipairs(accessors) do
    for _, value in ipairs { "x", "/y", "21", "a:b", "", "http://z/" } do
      local copy = URI:new(tostring(uri))
      local accessor = copy[name]
      if accessor then
        pcall(accessor, copy)
        pcall(accessor, copy, value)
        pcall(accessor, copy, nil)
        assert(tostring(copy))
      end
    end
  end
  pcall(function() return uri:filesystem_path "unix" end)
  pcall(function() return uri:filesystem_path "win32" end)
  assert(URI.eq(uri, URI:new(tostring(uri))))
end
for _, path in ipairs { "/etc/x", "relative", "c:\\x", "\\\\server\\share", "" } do
  pcall(URI.new, URI, path)
  pcall(function() return require("uri.file").make_file_uri(path, "unix") end)
  pcall(function() return require("uri.file").make_file_uri(path, "win32") end)
end
assert(Util.uri_encode "a b" == "a%20b" and Util.uri_decode("%41%42", "A") == "A%42")
assert(#Util.split(",", "a,b,c", 2) == 2 and #Util.split(",", "", 2) == 0)
