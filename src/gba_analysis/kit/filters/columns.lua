-- Shares the width of a PDF page among the columns of a table by what stands in them. Typst by itself gives
-- all long columns the same width; browsers need no help. Both engines run it; it changes no text.

-- What a line of a table holds, in half-width characters, and what a cell's padding takes of it.
local line, padding = 109, 2.4
-- Up to this length a cell is not worth breaking.
local short = 16
local steps = 40
-- Widths by which columns are shifted against each other, and how often at most.
local shifts, rounds = { 24, 12, 6, 3, 1 }, 30
-- A line of words ends this far before the edge, on average, or half the longest word if that is less.
local ragged = 3

-- A Chinese character is twice as wide as a Latin one, and Typst parts the two scripts by a little space.
local function width_of(text)
  local width, before = 0, nil
  for _, code in utf8.codes(text) do
    local wide = code >= 0x2E80
    local digit = code >= 0x30 and code <= 0x39
    width = width + (wide and 2 or digit and 1.12 or 0.98) + ((before ~= nil and before ~= wide) and 0.5 or 0)
    before = wide
  end
  return width
end

-- The longest part that cannot be broken; Chinese breaks anywhere.
local function longest_word(text)
  local longest = 0
  for word in text:gmatch("[%w%p]+") do
    longest = math.max(longest, #word * 1.06)
  end
  return longest
end

local function add_row(columns, row)
  for index, cell in ipairs(row.cells) do
    local text = pandoc.utils.stringify(cell.contents)
    local width, column = width_of(text), columns[index]
    column.squares = column.squares + width * width
    column.rows = column.rows + 1
    local word = longest_word(text)
    column.least = math.max(column.least, math.min(word, line * 0.45), width <= short and width or 0)
    table.insert(column.cells, { width = width, ragged = math.min(word / 2, ragged) })
  end
end

local function measure(tbl)
  local columns = {}
  for index = 1, #tbl.colspecs do
    columns[index] = { squares = 0, rows = 0, least = 1, cells = {} }
  end
  for _, row in ipairs(tbl.head.rows) do
    add_row(columns, row)
  end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      add_row(columns, row)
    end
  end
  return columns
end

-- Widths that let the typical cell of every column take `lines` lines.
local function widths(columns, lines)
  local list, total = {}, 0
  for index, column in ipairs(columns) do
    local typical = math.sqrt(column.squares / column.rows)
    list[index] = math.max(column.least, typical / lines) + padding
    total = total + list[index]
  end
  return list, total
end

-- The fewest lines at which all columns fit.
local function fitting_widths(columns)
  local low, high = 0, 50
  for _ = 1, steps do
    local middle = (low + high) / 2
    local _, total = widths(columns, middle)
    if total > line then
      low = middle
    else
      high = middle
    end
  end
  return widths(columns, high)
end

local function lines_of(cell, room)
  return cell.width <= room and 1 or math.ceil(cell.width / (room - cell.ragged))
end

-- The lines of the whole table, and those of all its cells.
local function height(columns, list)
  local rows, cells = 0, 0
  for row = 1, columns[1].rows do
    local tallest = 0
    for index, column in ipairs(columns) do
      local lines = lines_of(column.cells[row], list[index] - padding)
      tallest, cells = math.max(tallest, lines), cells + lines
    end
    rows = rows + tallest
  end
  return rows + cells / 1000
end

-- `list` with `shift` taken from one column and given to another, where that makes the table shortest.
local function shifted(columns, list, shift)
  local best, lowest = nil, height(columns, list)
  for from, column in ipairs(columns) do
    for to = 1, #columns do
      if from ~= to and list[from] - shift >= column.least + padding then
        local candidate = { table.unpack(list) }
        candidate[from], candidate[to] = candidate[from] - shift, candidate[to] + shift
        local tall = height(columns, candidate)
        if tall < lowest then
          best, lowest = candidate, tall
        end
      end
    end
  end
  return best
end

local function shortest(columns, list)
  for _, shift in ipairs(shifts) do
    for _ = 1, rounds do
      local better = shifted(columns, list, shift)
      if not better then
        break
      end
      list = better
    end
  end
  return list
end

local function share_width(tbl)
  -- A copy: of an element whose parts were looked at, Pandoc would read all of them again.
  local columns = measure(tbl:clone())
  local list, total = fitting_widths(columns)
  list = shortest(columns, list)
  tbl.colspecs = tbl.colspecs:map(function(column, index)
    return { column[1], list[index] / total }
  end)
  return tbl
end

return FORMAT == "typst" and { { Table = share_width } } or {}
