-- Tells the PDF the language of every run that languages.lua has marked: Pandoc writes none for Typst.
-- Both engines run it, after languages.lua; it changes no text.

local function spoken(span)
  local lang = span.attributes.lang
  if not lang then
    return nil
  end
  local list = pandoc.Inlines({ pandoc.RawInline("typst", ('#briefing-language("%s")['):format(lang:match("^%a+"))) })
  list:extend(span.content)
  list:insert(pandoc.RawInline("typst", "]"))
  return list
end

return FORMAT == "typst" and { { Span = spoken } } or {}
