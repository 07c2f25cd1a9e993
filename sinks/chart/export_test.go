package chart

// Width is the width that the drawings reckon with for a text.
var Width = width
