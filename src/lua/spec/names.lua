-- The names of the blocks around an element and its own; `name` stands for an element that is not there yet.
return function(parentOf, element, name)
  local names = { name }
  while element and (element.name or element.descriptor) and element.descriptor ~= "file" do
    insert(names, 1, element.name or element.descriptor)
    element = parentOf(element)
  end
  return names
end
