/** The least that Node takes to serve: one byte for everybody, on the port that is given. */
const http = process.getBuiltinModule("node:http");
const [port = ""] = process.argv.slice(2);
http.createServer((_request, response) => response.end("1")).listen(Number(port), "127.0.0.1");
