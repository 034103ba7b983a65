"""What stands between a client and the stand-in: it keeps what is sent, and speaks TLS where that is wanted."""
import pathlib, socket, socketserver, ssl, subprocess, threading


def certificate(folder):
    """Makes a certificate for 127.0.0.1 that nobody trusts who is not told to: its file, and that of its key."""
    files = pathlib.Path(folder, "certificate.pem"), pathlib.Path(folder, "certificate.key")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-out", files[0], "-keyout", files[1]],
        check=True, capture_output=True)
    return files


class Relay(socketserver.ThreadingTCPServer):
    """Passes bytes between its own port and another."""
    daemon_threads = True

    def __init__(self, port, files=None):
        super().__init__(("127.0.0.1", 0), Passage)
        self.port, self.sent, self.tls = port, [], None
        if files:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(*files)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def host(self):
        return f"127.0.0.1:{self.server_address[1]}"

    def text(self):
        """What was sent since this was asked last, with lines as Python's patterns know them."""
        sent, self.sent = b"".join(self.sent), []
        return sent.decode("latin-1").replace("\r\n", "\n")


class Passage(socketserver.BaseRequestHandler):
    def handle(self):
        near = self.server.tls.wrap_socket(self.request, server_side=True) if self.server.tls else self.request
        with near, socket.create_connection(("127.0.0.1", self.server.port)) as far:
            back = threading.Thread(target=self.carry, args=(far, near, lambda bytes: None), daemon=True)
            back.start()
            self.carry(near, far, self.server.sent.append)
            back.join()

    def carry(self, source, target, keep):
        try:
            while data := source.recv(65536):
                keep(data)
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            # One of the two has gone.
            pass
