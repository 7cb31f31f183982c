-- In the web page a chart is markup with its texts, in the page's own font and colours; the files in charts/ hold it,
-- named after the float. An image whose file is missing stays, and so does every image of the PDF.

-- Engines run in the page's folder; Quarto also names the project's.
local function read_file(path)
  local folder = quarto and quarto.project and quarto.project.directory
  local file = io.open(path, "rb") or (folder and io.open(folder .. "/" .. path, "rb"))
  if not file then
    return nil
  end
  local text = file:read("a")
  file:close()
  return text
end

local function is_image(block)
  return #block.content == 1 and block.content[1].t == "Image"
end

-- The float's content with its image replaced, or nil if there is no markup for it.
local function drawn(identifier, content)
  local name = identifier:match("^fig%-([%w-]+)$")
  local markup = name and read_file("charts/" .. name .. ".html")
  if not markup then
    return nil
  end
  local function chart(block)
    return is_image(block) and pandoc.RawBlock("html", markup) or nil
  end
  local function figure()
    return pandoc.RawBlock("html", markup)
  end
  return content:walk({ Figure = figure }):walk({ Para = chart, Plain = chart })
end

local function embedded_float(div)
  return drawn(div.identifier, div)
end

-- Quarto still holds its floats as nodes of its own here.
local function quarto_float(float)
  local content = drawn(float.identifier, float.content)
  if content then
    float.content = content
    return float
  end
end

return FORMAT:match("html") and { { Div = embedded_float, FloatRefTarget = quarto_float } } or {}
