function close( {
