-- In the web page a link to the section stands after each heading, to be copied. It holds no text: its name is an attribute
-- and its sign comes from the style sheet, so that headings, contents and the order of reading stay as they are.

local name

local function read_words(meta)
  local words = assert(meta["page-words"], "found no page-words in the metadata, expected those of the catalogue")
  name = pandoc.utils.stringify(words.link)
end

local function is_number(inline)
  return inline.t == "Span" and inline.classes:includes("header-section-number")
end

local function title_of(header)
  local words = header.content:filter(function(inline)
    return not is_number(inline)
  end)
  return (pandoc.utils.stringify(words):gsub("^%s+", ""))
end

local function with_anchor(header)
  if header.identifier == "" then
    return nil
  end
  local attributes = { { "aria-label", (name:gsub("{title}", { ["{title}"] = title_of(header) })) } }
  local link = pandoc.Link({}, "#" .. header.identifier, "", pandoc.Attr("", { "anchor" }, attributes))
  return { header, pandoc.Plain({ link }) }, false
end

local function pass(tbl)
  -- No heading stands in a table, and to enter them all takes most of the time.
  return tbl, false
end

return FORMAT:match("html")
    and { { Meta = read_words }, { traverse = "topdown", Header = with_anchor, Table = pass } }
  or {}
