-- In the web page each number leads to its row of the ledger, if the page holds that row; a heading's numbers stay as
-- they are. What the number rests on stands in `data-trace`, which the style sheet shows on hover and focus.

local rows = {}

local function remember_row(span)
  if span.identifier:match("^v%-") then
    rows[span.identifier] = true
  end
end

local function row_of(span)
  local key = span.classes:includes("num") and span.attributes["data-key"]
  local id = key and "v-" .. key:gsub("%.", "-")
  return id and rows[id] and id
end

local function linked(span)
  local id = row_of(span)
  return id and pandoc.Link(span.content, "#" .. id, "", pandoc.Attr("", span.classes, span.attributes)) or nil
end

local function stay(header)
  -- Nothing below a heading is visited.
  return header, false
end

local function in_table(tbl)
  -- No heading stands in a table: its parts need not be asked for from the top down, which takes twice as long.
  return tbl:walk({ Span = linked }), false
end

local function all(document)
  document:walk({ Span = remember_row })
  return document:walk({ traverse = "topdown", Header = stay, Table = in_table, Span = linked })
end

return FORMAT:match("html") and { { Pandoc = all } } or {}
