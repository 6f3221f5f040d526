"""A small service with pysaml2, for the tests beside it: a page that only people who are signed in may see.

Its argument is a file with its settings (JSON). Every answer is text; what is asked of it stands in the path.
"""

import json
import sys
import traceback
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.client import Saml2Client
from saml2.config import SPConfig
from saml2.ident import code, decode
from saml2.metadata import create_metadata_string
from saml2.saml import NAMEID_FORMAT_PERSISTENT, NAMEID_FORMAT_TRANSIENT

with open(sys.argv[1], encoding="utf-8") as file:
    settings = json.load(file)
site = settings["site"]
configuration = SPConfig().load(
    {
        "entityid": site + "/metadata",
        "xmlsec_binary": settings["xmlsec1"],
        "key_file": settings["key"],
        "cert_file": settings["certificate"],
        "encryption_keypairs": [{"key_file": settings["key"], "cert_file": settings["certificate"]}],
        "metadata": {"local": [settings["idp"]]},
        # By SOAP it writes the answer anew with other prefixes before it verifies it, which no signature survives.
        "preferred_binding": {"single_logout_service": [BINDING_HTTP_REDIRECT, BINDING_HTTP_POST]},
        "service": {
            "sp": {
                "endpoints": {
                    "assertion_consumer_service": [(site + "/acs", BINDING_HTTP_POST)],
                    "single_logout_service": [
                        (site + "/slo", BINDING_HTTP_REDIRECT),
                        (site + "/slo", BINDING_HTTP_POST),
                    ],
                },
                "name_id_format": [NAMEID_FORMAT_TRANSIENT, NAMEID_FORMAT_PERSISTENT],
                "authn_requests_signed": settings["signsRequests"],
                "logout_requests_signed": True,
                "logout_responses_signed": True,
                "want_response_signed": True,
                "want_assertions_signed": settings["wantsSignedAssertions"],
                "allow_unsolicited": False,
                "signing_algorithm": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
                "digest_algorithm": "http://www.w3.org/2001/04/xmlenc#sha256",
            }
        },
    }
)
client = Saml2Client(configuration)
outstanding = {}
# The one person of the test who is signed in, as pysaml2 writes a NameID.
signed_in = {}


class Service(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(parse_qs(urlsplit(self.path).query), BINDING_HTTP_REDIRECT)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.answer(parse_qs(body), BINDING_HTTP_POST)

    def answer(self, values, binding):
        try:
            self.answered(self.asked({name: found[0] for name, found in values.items()}, binding))
        except Exception:  # Whatever it is, the test shows it.
            self.answered((500, {}, traceback.format_exc()))

    def asked(self, fields, binding):
        path = urlsplit(self.path).path
        if path == "/metadata":
            return 200, {"content-type": "application/xml"}, create_metadata_string(None, config=configuration)
        if path == "/login":
            return self.login(fields.get("binding", "redirect"))
        if path == "/acs":
            return self.entered(fields)
        if path == "/logout":
            return self.leaving()
        if path == "/slo":
            return self.left(fields, binding)
        return 404, {}, "nothing is here"

    def login(self, way):
        binding = BINDING_HTTP_POST if way == "post" else BINDING_HTTP_REDIRECT
        request, _, message = client.prepare_for_negotiated_authenticate(binding=binding, relay_state="where I was")
        outstanding[request] = "/"
        return sent(message)

    def entered(self, fields):
        response = client.parse_authn_request_response(fields["SAMLResponse"], BINDING_HTTP_POST, outstanding)
        signed_in["person"] = code(response.name_id)
        known = {"attributes": response.ava, "name": str(response.name_id), "relayState": fields.get("RelayState")}
        return 200, {"content-type": "application/json"}, json.dumps(known)

    def leaving(self):
        (_, (_, message)), = client.global_logout(decode(signed_in["person"])).items()
        return sent(message)

    def left(self, fields, binding):
        if "SAMLResponse" in fields:
            response = client.parse_logout_request_response(fields["SAMLResponse"], binding)
            return 200, {}, "logged out: " + response.response.status.status_code.value
        name = decode(signed_in["person"])
        relay_state = fields.get("RelayState", "")
        return sent(client.handle_logout_request(fields["SAMLRequest"], name, binding, relay_state=relay_state))

    def answered(self, answer):
        status, headers, body = answer
        octets = body if isinstance(body, bytes) else str(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *_):
        pass


def sent(message):
    """By redirect or by a form, as pysaml2 has prepared it."""
    headers = dict(message["headers"])
    status = 303 if "Location" in headers else 200
    return status, headers, message["data"] if status == 200 else ""


HTTPServer(("127.0.0.1", settings["port"]), Service).serve_forever()
